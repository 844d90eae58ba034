"""A device by tb-mqtt-client as it comes. The argument is JSON; a line of JSON is printed for what happens.

`host`, `port`, and of `user_name`, `password`, `client_id`, `certificate` and `key` what the credential has; with `ca`
over TLS. It waits for attributes unless `receive` is false.
"""

import json
import logging
import sys
import threading

from tb_device_mqtt import TBDeviceMqttClient

arguments = json.loads(sys.argv[1])
answered = threading.Event()
updated = threading.Event()
code = None


def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)


class Answer(logging.Handler):
    """Hears of CONNACK from the SDK's log: its own callback is set only after the connection is made, and misses it
    when the hub answers at once."""

    def emit(self, record):
        global code
        if record.msg.startswith("MQTT client %r - Connected"):
            code = 0
        elif record.msg.startswith("Connection failed with result code"):
            code = int(record.args[0])
        else:
            return
        answered.set()


def on_attributes(result, error):
    say("attributes", content=result)
    updated.set()


logging.getLogger("tb_connection").setLevel(logging.INFO)
logging.getLogger("tb_connection").addHandler(Answer())
device = TBDeviceMqttClient(
    arguments["host"],
    arguments["port"],
    username=arguments.get("user_name", ""),
    password=arguments.get("password"),
    client_id=arguments.get("client_id", ""),
)
device.connect(
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
    if arguments.get("receive", True):
        updated.wait(30)
device.stop()
device.disconnect()
say("end")
