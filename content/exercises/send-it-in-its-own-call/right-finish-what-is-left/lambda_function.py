import asyncio

from mail import send_mail

loop = asyncio.new_event_loop()


async def take_order(name):
    asyncio.create_task(send_mail(name))
    return f"Thank you, {name}!"


def lambda_handler(event, context):
    answer = loop.run_until_complete(take_order(event["name"]))
    left = asyncio.all_tasks(loop)
    loop.run_until_complete(asyncio.wait(left))
    return answer
