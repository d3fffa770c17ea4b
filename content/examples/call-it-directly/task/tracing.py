import sys


def traced(function):
    def call_traced(event, context):
        print("called by", sys._getframe(1).f_code.co_name)
        return function(event, context)

    return call_traced
