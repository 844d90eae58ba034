"""A device by azure-iot-device as it comes. The argument is JSON; a line of JSON is printed for what happens.

With `connection_string`, or with `host`, `device`, `certificate` and `key`. Always `ca`, the file to trust. It waits for
a message unless `receive` is false.
"""

import json
import sys
import threading

from azure.iot.device import IoTHubDeviceClient, IoTHubModuleClient, Message, X509

arguments = json.loads(sys.argv[1])


def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)


def client():
    with open(arguments["ca"]) as file:
        options = {"server_verification_cert": file.read(), "connection_retry": False, "auto_connect": False}
    text = arguments.get("connection_string")
    if text is None:
        x509 = X509(cert_file=arguments["certificate"], key_file=arguments["key"])
        return IoTHubDeviceClient.create_from_x509_certificate(
            x509, arguments["host"], arguments["device"], **options
        )
    kind = IoTHubModuleClient if "ModuleId=" in text else IoTHubDeviceClient
    return kind.create_from_connection_string(text, **options)


device = client()
received = threading.Event()


def on_message(message):
    say(
        "message",
        payload=message.data.decode(),
        id=message.message_id,
        content_type=message.content_type,
        properties=message.custom_properties,
    )
    received.set()


try:
    device.connect()
except Exception as error:
    say("refused", error=type(error).__name__)
    device.shutdown()
    sys.exit(0)
say("connected")
message = Message('{"temperature":21.5}', message_id="m 1", content_encoding="utf-8", content_type="application/json")
message.custom_properties["alert"] = "a b&c"
device.send_message(message)
say("sent")
if isinstance(device, IoTHubDeviceClient) and arguments.get("receive", True):
    device.on_message_received = on_message
    received.wait(30)
device.shutdown()
say("end")
