# What everything is called that is made here. To type the commands by
# hand, read it into your shell first: . ./names.sh
FUNCTION=behind-the-handler
ROLE=behind-the-handler
POLICY=behind-the-handler

# All accounts share one space of bucket names: the number makes it yours.
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
BUCKET=behind-the-handler-$ACCOUNT

# Otherwise the CLI shows long answers in a pager, and waits for a key.
export AWS_PAGER=
