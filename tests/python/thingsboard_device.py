"""A device by tb-mqtt-client as it comes. The argument is JSON; a line of JSON is printed for what happens.

`host`, `port`, and of `user_name`, `password`, `client_id`, `certificate` and `key` what the credential has; with `ca`
over TLS.
"""

import json
import sys
import threading

from tb_device_mqtt import TBDeviceMqttClient

arguments = json.loads(sys.argv[1])
answered = threading.Event()
updated = threading.Event()
code = None


def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)


def on_connect(client, userdata, flags, result_code, *more):
    global code
    code = result_code.value
    answered.set()


def on_attributes(result, error):
    say("attributes", content=result)
    updated.set()


device = TBDeviceMqttClient(
    arguments["host"],
    arguments["port"],
    username=arguments.get("user_name", ""),
    password=arguments.get("password"),
    client_id=arguments.get("client_id", ""),
)
device.connect(
    callback=on_connect,
    tls="ca" in arguments,
    ca_certs=arguments.get("ca"),
    cert_file=arguments.get("certificate"),
    key_file=arguments.get("key"),
)
answered.wait(30)
if code != 0:
    say("refused", code=code)
else:
    say("connected")
    device.subscribe_to_all_attributes(on_attributes)
    say("sent", code=device.send_telemetry({"temperature": 21.5}).get())
    updated.wait(30)
device.stop()
device.disconnect()
say("end")
