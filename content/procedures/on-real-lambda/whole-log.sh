# Prints all that was logged in the last hour. The newest lines may take
# some minutes to get there.
set -eu
. ./names.sh

aws logs tail "/aws/lambda/$FUNCTION" --since 1h --format short
