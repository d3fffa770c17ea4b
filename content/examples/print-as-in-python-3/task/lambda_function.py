import report

def lambda_handler(event, context):
    return report.write(event)
