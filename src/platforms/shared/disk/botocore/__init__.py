# SPDX-License-Identifier: Apache-2.0
"""A stand-in of Behind the Handler, not botocore: what the lab's `boto3` needs of it."""
