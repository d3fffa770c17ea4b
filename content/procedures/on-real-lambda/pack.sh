# Packs a handler into function.zip: sh pack.sh print-the-stack
set -eu
. ./names.sh

# Your bucket's name takes the place of the lab's; nothing else changes.
sed "s/lambda-source/$BUCKET/" "handlers/$1/lambda_function.py" \
  > lambda_function.py
# Lambda runs it as another user, who must be able to read it.
chmod 644 lambda_function.py
rm -f function.zip
zip -q function.zip lambda_function.py
