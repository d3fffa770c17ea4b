import asyncio


async def send_mail(name):
    await asyncio.sleep(0.001)
    deliver(name)


def deliver(name):
    return f"The mail to {name} is on its way."
