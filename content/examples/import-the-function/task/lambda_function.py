from app.lambda_handler import lambda_handler
