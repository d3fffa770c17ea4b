import asyncio

async def work():
    task = asyncio.create_task(asyncio.sleep(60))
    task.cancel()
    await task

def lambda_handler(event, context):
    try:
        asyncio.run(work())
    except asyncio.CancelledError:
        return "cancelled"
