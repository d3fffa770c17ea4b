from app import lambda_handler
