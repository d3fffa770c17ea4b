# Puts what is in function.zip into the place of the function's code, and waits until it is there.
set -eu
. ./names.sh

aws lambda update-function-code --function-name "$FUNCTION" --zip-file fileb://function.zip
aws lambda wait function-updated-v2 --function-name "$FUNCTION"
