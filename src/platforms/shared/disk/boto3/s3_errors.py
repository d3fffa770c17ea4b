# SPDX-License-Identifier: Apache-2.0
"""What S3 answers in place of a result. A stand-in of Behind the Handler, not boto3.

Codes, messages and status are those of the list of error responses in S3's API reference.
"""

from botocore.exceptions import ClientError

# A bucket's name belongs to one account in the whole world: in the lab, this one is somebody else's.
FOREIGN_BUCKET = "someone-elses-bucket"


class NoSuchKey(ClientError):
    """There is no object of that key."""


class NoSuchBucket(ClientError):
    """There is no bucket of that name."""


class BucketAlreadyOwnedByYou(ClientError):
    """The bucket that was to be made is the caller's already."""


class BucketAlreadyExists(ClientError):
    """The bucket that was to be made is somebody else's."""


CLASSES: dict[str, type[ClientError]] = {
    kind.__name__: kind for kind in (NoSuchKey, NoSuchBucket, BucketAlreadyOwnedByYou, BucketAlreadyExists)
}
ANSWERS = {
    "NoSuchKey": (404, "The specified key does not exist."),
    "NoSuchBucket": (404, "The specified bucket does not exist"),
    "404": (404, "Not Found"),
    "403": (403, "Forbidden"),
    "AccessDenied": (403, "Access Denied"),
    "BucketAlreadyOwnedByYou": (
        409,
        "Your previous request to create the named bucket succeeded and you already own it.",
    ),
    "BucketAlreadyExists": (
        409,
        "The requested bucket name is not available. The bucket namespace is shared by all users of the "
        "system. Please select a different name and try again.",
    ),
    "InvalidBucketName": (400, "The specified bucket is not valid."),
    "InvalidLocationConstraint": (400, "The specified location-constraint is not valid"),
    "IllegalLocationConstraintException": (
        400,
        "The unspecified location constraint is incompatible for the region specific endpoint this request "
        "was sent to.",
    ),
    "KeyTooLongError": (400, "Your key is too long"),
    "MetadataTooLarge": (400, "Your metadata headers exceed the maximum allowed metadata size"),
    "InvalidArgument": (400, "Invalid Argument"),
    "InvalidRequest": (
        400,
        "This copy request is illegal because it is trying to copy an object to itself without changing the "
        "object's metadata, storage class, website redirect location or encryption attributes.",
    ),
    "MalformedXML": (
        400,
        "The XML you provided was not well-formed or did not validate against our published schema",
    ),
}


def refusal(code: str, operation: str, **details: str) -> ClientError:
    """Return the error for a code of the list above.

    `details` stand beside code and message; one that is called `Message` says it in other words.
    """
    status, message = ANSWERS[code]
    kind = CLASSES.get(code, ClientError)
    error = {"Code": code, "Message": message, **details}
    return kind({"Error": error, **answer(status)}, operation)


def answer(status: int) -> dict[str, dict[str, int]]:
    """Return what every answer holds beside its result.

    No request was sent, so there is no `RequestId`, no `HostId`, and there are no `HTTPHeaders`.
    """
    return {"ResponseMetadata": {"HTTPStatusCode": status, "RetryAttempts": 0}}
