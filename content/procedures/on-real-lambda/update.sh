# Puts what is in function.zip into the function, and waits until it is there.
set -eu
. ./names.sh

aws lambda update-function-code --function-name "$FUNCTION" \
  --zip-file fileb://function.zip
aws lambda wait function-updated-v2 --function-name "$FUNCTION"
