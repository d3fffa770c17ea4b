# Invokes the function, and prints the end of its log, then its answer.
set -eu
. ./names.sh

rm -f answer.json
# By default the CLI gives up after a minute, and invokes once more.
aws lambda invoke --function-name "$FUNCTION" --cli-read-timeout 0 \
  --cli-binary-format raw-in-base64-out --payload '{}' \
  --log-type Tail --query 'LogResult' --output text answer.json \
  | base64 --decode
cat answer.json
echo
