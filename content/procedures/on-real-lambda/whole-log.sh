# Prints the whole log of the last hour. It may take some minutes until CloudWatch has the newest lines.
set -eu
. ./names.sh

aws logs tail "/aws/lambda/$FUNCTION" --since 1h --format short
