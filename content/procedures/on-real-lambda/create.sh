# Makes the function of function.zip, and waits until it can be invoked.
set -eu
. ./names.sh

create() {
  aws lambda create-function --function-name "$FUNCTION" \
    --role "arn:aws:iam::$ACCOUNT:role/$ROLE" \
    --runtime python3.14 --handler lambda_function.lambda_handler \
    --timeout 300 --memory-size 512 --zip-file fileb://function.zip
}

# Lambda may not know a role that was made a moment ago; no command waits
# for that.
create || { sleep 15 && create; }
aws lambda wait function-active-v2 --function-name "$FUNCTION"
