from greeting import greet
from tracing import traced

lambda_handler = traced(greet)
