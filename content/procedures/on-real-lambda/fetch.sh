# Copies all that lies in the bucket into the folder dump.
set -eu
. ./names.sh

aws s3 cp "s3://$BUCKET" dump --recursive
