"""python follow_orders.py <broker> <registry address> <topic> [order id...]: follows the orders up to the topic's present end.

Uses nothing of Orderline: confluent-kafka, fastavro, and what docs/subscribing.md says.
"""

import io
import json
import struct
import sys
import urllib.request
from datetime import datetime, timezone

import fastavro
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

STATUS_AFTER = {
    "OrderCreated": "Created",
    "OrderConfirmed": "Confirmed",
    "OrderPreparing": "Preparing",
    "OrderReady": "Ready",
    "OrderOutForDelivery": "OutForDelivery",
    "OrderDelivered": "Delivered",
    "OrderCancelled": "Cancelled",
}
WITHOUT_STATUS = {"OrderItemAdded", "OrderItemRemoved", "OrderUpdated", "PaymentReceived", "PaymentRefunded"}
AMOUNTS = ("currency", "totalMinor", "paidMinor", "refundedMinor")


class Registry:
    """Schemas by id, asked for once each."""

    def __init__(self, url):
        self.url = url
        self.schemas = {}

    def schema(self, schema_id):
        if schema_id not in self.schemas:
            with urllib.request.urlopen(f"{self.url}/schemas/ids/{schema_id}", timeout=10) as answer:
                self.schemas[schema_id] = fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
        return self.schemas[schema_id]


def decode(value, registry):
    """Confluent wire format: byte 0, four bytes of schema id, the Avro body."""
    magic, schema_id = struct.unpack(">bI", value[:5])
    if magic != 0:
        raise ValueError("not in Confluent wire format")
    schema = registry.schema(schema_id)
    return schema["name"], fastavro.schemaless_reader(io.BytesIO(value[5:]), schema)


def personal_text(personal):
    """None where there is nothing, or nothing that can be read without a key."""
    if personal is None or personal["keyId"] is not None:
        return None
    return personal["value"].decode()


def fault(headers, what):
    return f"{headers.get('ce_id')}: {what}"


def compare(headers, expected):
    wrong = [(name, value) for name, value in expected.items() if headers.get(name) != value]
    return [fault(headers, f"{name} is {headers.get(name)}, not {value}") for name, value in wrong]


def check_headers(message, headers):
    """What the page promises of every record: one that comes again and one of an unknown type are no exceptions."""
    timestamp = datetime.fromtimestamp(message.timestamp()[1] / 1000, timezone.utc)
    expected = {
        "ce_specversion": "1.0",
        "ce_source": "/orderline/order-command",
        "ce_type": f"orderline.orders.{headers.get('event-type')}",
        "ce_subject": message.key().decode(),
        "ce_time": timestamp.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "content-type": "application/avro",
    }
    wanted = ("ce_id", "event-version", "correlation-id", "traceparent")
    return compare(headers, expected) + [fault(headers, f"no {name}") for name in wanted if not headers.get(name)]


def check_payload(headers, record_name, event):
    """Headers against the record, where its type is known."""
    expected = {
        "ce_id": event["eventId"],
        "ce_subject": event["orderId"],
        "ce_type": record_name,
        "event-version": str(event["version"]),
        "correlation-id": event["correlationId"],
    }
    other = [] if event["aggregateType"] == "Order" else [fault(headers, f"of {event['aggregateType']}")]
    return compare(headers, expected) + other


class Follower:
    def __init__(self, registry):
        self.registry = registry
        self.orders = {}
        self.faults = []

    def order_of(self, key, partition):
        fresh = {"version": 0, "lastEventId": "", "status": None, "partition": partition}
        order = self.orders.setdefault(key, {**fresh, "applied": [], "unknown": [], "duplicates": 0, "gaps": 0})
        if order["partition"] != partition:
            self.faults.append(f"order {key} is in partitions {order['partition']} and {partition}")
        return order

    def is_next(self, order, version, event_id):
        """The gate: only the very next version of an order is applied."""
        if version == order["version"] + 1:
            return True
        order["gaps" if version > order["version"] else "duplicates"] += 1
        if version == order["version"] and event_id != order["lastEventId"]:
            self.faults.append(f"{event_id}: another event of version {version}")
        return False

    def read(self, message, headers):
        """The event, None of a type that is not known."""
        self.faults += check_headers(message, headers)
        if headers["event-type"] not in STATUS_AFTER and headers["event-type"] not in WITHOUT_STATUS:
            return None
        record_name, event = decode(message.value(), self.registry)
        self.faults += check_payload(headers, record_name, event)
        return event

    def take(self, message):
        headers = {name: value.decode() for name, value in message.headers() or [] if value is not None}
        event = self.read(message, headers)
        version, event_id, event_type = int(headers["event-version"]), headers["ce_id"], headers["event-type"]
        order = self.order_of(message.key().decode(), message.partition())
        if not self.is_next(order, version, event_id):
            return
        order["version"], order["lastEventId"] = version, event_id
        if event is None:
            order["unknown"].append(event_type)
            return
        order["applied"].append(event_type)
        order["status"] = STATUS_AFTER.get(event_type, order["status"])
        order.update({field: event[field] for field in AMOUNTS if field in event})
        if "deliveryAddress" in event:
            order["deliveryAddress"] = personal_text(event["deliveryAddress"])


def messages_up_to_now(consumer, topic):
    """Every record of the topic up to the ends that its partitions have now."""
    partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
    ends = {}
    for partition in partitions:
        low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)
        if high > low:
            ends[partition] = high
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in ends])
    while ends:
        for message in consumer.consume(num_messages=1000, timeout=1.0):
            if message.error():
                raise KafkaException(message.error())
            if message.offset() + 1 >= ends.get(message.partition(), float("inf")):
                del ends[message.partition()]
            yield message


def main(broker, registry_url, topic, wanted):
    consumer = Consumer({"bootstrap.servers": broker, "group.id": "python-example", "enable.auto.commit": False})
    follower = Follower(Registry(registry_url))
    for message in messages_up_to_now(consumer, topic):
        if message.key() is None or message.value() is None:
            continue  # belongs to no order, or says nothing of it
        if not wanted or message.key().decode() in wanted:
            follower.take(message)
    consumer.close()
    print(json.dumps({"consumer": "python", "orders": follower.orders, "faults": follower.faults}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], set(sys.argv[4:]))
