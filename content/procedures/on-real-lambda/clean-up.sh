# Removes everything that was made in the account. What is not there makes
# an error of its own, and ends nothing.
set -u
. ./names.sh
[ -n "$ACCOUNT" ] || exit 1

aws lambda delete-function --function-name "$FUNCTION"
aws logs delete-log-group --log-group-name "/aws/lambda/$FUNCTION"
aws iam delete-role-policy --role-name "$ROLE" --policy-name "$POLICY"
aws iam delete-role --role-name "$ROLE"
aws s3 rm "s3://$BUCKET" --recursive
aws s3 rb "s3://$BUCKET"
