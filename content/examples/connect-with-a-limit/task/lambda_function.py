import asyncio

async def connect():
    await asyncio.sleep(60)  # a database that doesn't answer

try:
    asyncio.run(asyncio.wait_for(connect(), timeout=1))
    connected = True
except TimeoutError:
    connected = False

def lambda_handler(event, context):
    return {"connected": connected}
