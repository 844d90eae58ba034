"""The sandbox as a broker, by paho-mqtt as it comes. The argument is JSON; a line of JSON is printed for what happens.

`host`, `port`, `version` (4 or 5), `transport` (`tcp` or `websockets`), `path`, `ca` over TLS, with it perhaps
`certificate` and `key`, `user_name`, and `scenario`, the name of a function below. `telemetry` needs `client_id` and
`topic`.
"""

import json
import queue
import ssl
import sys

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

arguments = json.loads(sys.argv[1])
FIVE = arguments["version"] == 5
# Only a hub that says nothing reaches it.
LIMIT = 30


def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)


def properties(kind, **values):
    if not FIVE:
        return None
    made = Properties(kind)
    for name, value in values.items():
        setattr(made, name, value)
    return made


class Device:
    """A client whose answers can be waited for, in the order in which they came."""

    def __init__(self, name, kept=False, expiry=300, will=None, will_delay=0, **connect):
        self.connected, self.messages, self.subscribed = queue.Queue(), queue.Queue(), queue.Queue()
        self.lost = queue.Queue()
        session = {} if FIVE else {"clean_session": not kept}
        self.client = mqtt.Client(
            mqtt.CallbackAPIVersion.VERSION2,
            name,
            protocol=mqtt.MQTTv5 if FIVE else mqtt.MQTTv311,
            transport=arguments["transport"],
            reconnect_on_failure=False,
            **session,
        )
        self.client.username_pw_set(arguments.get("user_name"))
        if arguments["transport"] == "websockets":
            self.client.ws_set_options(path=arguments["path"])
        if arguments.get("ca"):
            own = (arguments.get("certificate"), arguments.get("key"))
            self.client.tls_set(arguments["ca"], *own, tls_version=ssl.PROTOCOL_TLS_CLIENT)
        if will is not None:
            lasting = properties(PacketTypes.WILLMESSAGE, WillDelayInterval=will_delay, ContentType="text/plain")
            self.client.will_set(will, "gone", qos=2, properties=lasting)
        self.client.on_connect = lambda _c, _u, flags, reason, given: self.connected.put((flags, reason, given))
        self.client.on_message = lambda _c, _u, message: self.messages.put(message)
        self.client.on_subscribe = lambda _c, _u, _id, reasons, _p: self.subscribed.put([r.value for r in reasons])
        self.client.on_disconnect = lambda _c, _u, _f, reason, _p: self.lost.put(reason.value)
        options = {}
        if FIVE:
            wanted = properties(PacketTypes.CONNECT, SessionExpiryInterval=expiry if kept else 0, **connect)
            options = {"clean_start": not kept, "properties": wanted}
        self.client.connect(arguments["host"], arguments["port"], **options)
        self.client.loop_start()
        self.flags, self.reason, self.given = self.connected.get(timeout=LIMIT)

    def subscribe(self, *arguments, **more):
        self.client.subscribe(*arguments, **more)
        return self.subscribed.get(timeout=LIMIT)

    def publish(self, topic, payload, qos, **more):
        self.client.publish(topic, payload, qos, **more).wait_for_publish(LIMIT)

    def next(self):
        return self.messages.get(timeout=LIMIT)

    def end(self):
        self.client.disconnect()
        self.lost.get(timeout=LIMIT)
        self.client.loop_stop()

    def vanish(self):
        """The connection ends without a goodbye."""
        self.client.loop_stop()
        self.client.socket().close()


def telemetry():
    device = Device(arguments["client_id"])
    say("answered", failure=device.reason.is_failure)
    if not device.reason.is_failure:
        device.publish(arguments["topic"], '{"temperature":21.5}', 1)
        device.end()


def exactly_once():
    device = Device("once")
    say("granted", codes=device.subscribe("once/#", qos=2))
    for number in range(100):
        device.client.publish("once/a", str(number), 2)
    say("payloads", numbers=[int(device.next().payload) for _ in range(100)], extra=device.messages.qsize())
    device.publish("once/b", "q", 2)
    say("message", qos=device.next().qos)
    device.end()


def will():
    watcher = Device("watcher")
    watcher.subscribe("wills/+", qos=2)
    Device("polite", will="wills/polite").end()
    Device("gone", will="wills/gone", kept=FIVE, will_delay=1).vanish()
    message = watcher.next()
    kind = getattr(message.properties, "ContentType", None) if FIVE else None
    say("will", topic=message.topic, qos=message.qos, payload=message.payload.decode(), content_type=kind)
    watcher.end()


def kept_session():
    first = Device("keeper", kept=True)
    say("present", first=first.flags.session_present)
    first.subscribe("kept/+", qos=2)
    first.end()
    sender = Device("sender")
    for qos in (0, 1, 2):
        sender.publish("kept/a", f"qos {qos}", qos)
    back = Device("keeper", kept=True)
    say("present", again=back.flags.session_present)
    say("missed", payloads=[back.next().payload.decode() for _ in range(2)])
    back.end()
    clean = Device("keeper")
    say("present", clean=clean.flags.session_present)
    clean.end()
    sender.end()


def shared():
    members = [Device(f"member-{number}") for number in range(3)]
    for member in members:
        member.subscribe("$share/group/jobs/+", qos=1)
    for number in range(30):
        members[0].publish("jobs/a", str(number), 1)
    taken = [[int(member.next().payload) for _ in range(10)] for member in members]
    say("shares", sizes=[len(part) for part in taken], all=sorted(sum(taken, [])))
    for member in members:
        member.end()


def everything_of_five():
    unnamed = Device("", RequestResponseInformation=1)
    given = unnamed.given
    say("given", id=given.AssignedClientIdentifier, information=given.ResponseInformation,
        receive=given.ReceiveMaximum, aliases=given.TopicAliasMaximum, keep_alive=given.ServerKeepAlive)
    other = Device("other")
    unnamed.publish("five/kept", "kept", 1, retain=True)
    number = properties(PacketTypes.SUBSCRIBE, SubscriptionIdentifier=77)
    published = SubscribeOptions(qos=1, retainAsPublished=True, retainHandling=2)
    other.subscribe("five/#", options=published, properties=number)
    unnamed.subscribe("five/#", options=SubscribeOptions(qos=2, noLocal=True, retainHandling=2))
    lasting = properties(PacketTypes.PUBLISH, MessageExpiryInterval=500, ContentType="c", ResponseTopic="r",
                         CorrelationData=b"d", TopicAlias=1)
    lasting.UserProperty = [("k", "1"), ("k", "2")]
    unnamed.publish("five/a", "first", 2, retain=True, properties=lasting)
    unnamed.publish("", "by alias", 1, properties=properties(PacketTypes.PUBLISH, TopicAlias=1))
    first, second = other.next(), other.next()
    say("first", topic=first.topic, qos=first.qos, retain=first.retain, user=first.properties.UserProperty,
        content_type=first.properties.ContentType, response=first.properties.ResponseTopic,
        data=first.properties.CorrelationData.decode(), expiry=first.properties.MessageExpiryInterval,
        identifiers=first.properties.SubscriptionIdentifier)
    say("second", topic=second.topic, retain=second.retain)
    other.publish("five/back", "to the other", 1)
    say("no local", payload=unnamed.next().payload.decode())
    other.subscribe("five/kept", options=SubscribeOptions(qos=1, retainHandling=1))
    say("retained", payloads=sorted([other.next().payload.decode(), other.next().payload.decode()]))
    unnamed.end()
    other.end()


def takeover():
    first = Device("same")
    second = Device("same")
    say("taken over", reason=first.lost.get(timeout=LIMIT))
    second.end()


globals()[arguments["scenario"]]()
say("end")
