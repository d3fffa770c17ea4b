import asyncio

from mail import send_mail

loop = asyncio.new_event_loop()


async def take_order(name):
    asyncio.create_task(send_mail(name))
    return f"Thank you, {name}!"


def lambda_handler(event, context):
    return loop.run_until_complete(take_order(event["name"]))
