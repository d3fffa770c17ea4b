import asyncio

from mail import send_mail


async def take_order(name):
    async with asyncio.TaskGroup() as group:
        group.create_task(send_mail(name))
    return f"Thank you, {name}!"


def lambda_handler(event, context):
    return asyncio.run(take_order(event["name"]))
