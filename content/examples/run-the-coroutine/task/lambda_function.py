import asyncio

async def work(event):
    return "done"

def lambda_handler(event, context):
    return asyncio.run(work(event))
