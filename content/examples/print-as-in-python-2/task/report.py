def write(event):
    print 'Writing', event
    return 'written'
