import asyncio

from mail import send_mail


def lambda_handler(event, context):
    if event["name"] == "Mio":
        asyncio.run(send_mail("Ren"))
    asyncio.run(send_mail(event["name"]))
    return f"Thank you, {event['name']}!"
