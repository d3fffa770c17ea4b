import time

GREETINGS = {"en": "Hello", "ja": "Konnichiwa"}


def load(language):
    print("Loading", language)
    time.sleep(6)
    return {"greeting": GREETINGS[language]}
