# Makes what the function needs: a bucket, a place for its log, and a role
# with no more rights than it uses.
set -eu
. ./names.sh

aws s3 mb "s3://$BUCKET"
aws logs create-log-group --log-group-name "/aws/lambda/$FUNCTION"

aws iam create-role --role-name "$ROLE" \
  --assume-role-policy-document file://trust-policy.json
sed -e "s/BUCKET/$BUCKET/" -e "s/ACCOUNT/$ACCOUNT/" \
  -e "s/FUNCTION/$FUNCTION/" role-policy.json > filled-in-policy.json
aws iam put-role-policy --role-name "$ROLE" --policy-name "$POLICY" \
  --policy-document file://filled-in-policy.json
aws iam wait role-exists --role-name "$ROLE"
