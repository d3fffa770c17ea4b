import asyncio

async def connect():
    await asyncio.sleep(60)  # a database that doesn't answer

asyncio.run(connect())

def lambda_handler(event, context):
    return "connected"
