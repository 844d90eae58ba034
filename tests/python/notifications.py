"""The notification service of a desktop: a line of JSON for each notification that a program shows.

Source: Desktop Notifications Specification, section 9 "D-Bus Protocol".
"""

import json

from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.Notifications"
DO_NOT_QUEUE = 4
PRIMARY_OWNER = 1

connection = open_dbus_connection(bus="SESSION")
asked = connection.send_and_get_reply(message_bus.RequestName(NAME, DO_NOT_QUEUE))
assert asked.body[0] == PRIMARY_OWNER, "another service has the name"
print(json.dumps({"what": "ready"}), flush=True)

shown = 0
while True:
    message = connection.receive()
    if message.header.message_type is not MessageType.method_call:
        continue
    member = message.header.fields[HeaderFields.member]
    if member == "Notify":
        shown += 1
        title, text = message.body[3:5]
        print(json.dumps({"what": "shown", "title": title, "text": text}), flush=True)
        answer = new_method_return(message, "u", (shown,))
    elif member == "GetCapabilities":
        answer = new_method_return(message, "as", (["body"],))
    elif member == "GetServerInformation":
        answer = new_method_return(message, "ssss", ("Test", "Hubscope", "1", "1.2"))
    else:
        answer = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
    connection.send(answer)
