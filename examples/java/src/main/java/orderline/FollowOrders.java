package orderline;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * java -jar follow-orders.jar &lt;broker&gt; &lt;registry address&gt; &lt;topic&gt; [order id…]: follows the orders up to the topic's end.
 * Uses nothing of Orderline: kafka-clients, Avro, Apicurio's deserialiser, and what docs/subscribing.md says.
 */
public final class FollowOrders {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Map<String, String> STATUS_AFTER = Map.of(
            "OrderCreated", "Created",
            "OrderConfirmed", "Confirmed",
            "OrderPreparing", "Preparing",
            "OrderReady", "Ready",
            "OrderOutForDelivery", "OutForDelivery",
            "OrderDelivered", "Delivered",
            "OrderCancelled", "Cancelled");
    private static final Set<String> WITHOUT_STATUS =
            Set.of("OrderItemAdded", "OrderItemRemoved", "OrderUpdated", "PaymentReceived", "PaymentRefunded");
    private static final List<String> ALWAYS_THERE = List.of("ce_id", "event-version", "correlation-id", "traceparent");

    /** One order as it is shown; a field that stays null was in no event. */
    public static final class Order {
        public int version;
        public String lastEventId = "";
        public String status;
        public int partition;
        public final List<String> applied = new ArrayList<>();
        public final List<String> unknown = new ArrayList<>();
        public int duplicates;
        public int gaps;
        public String currency;
        public Long totalMinor;
        public Long paidMinor;
        public Long refundedMinor;
        public String deliveryAddress;
    }

    private final Map<String, Order> orders = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>();

    private FollowOrders(String registryUrl) {
        // Apicurio's own API stands beside the Confluent one; ids are the same.
        String apicurio = registryUrl.replaceFirst("/apis/ccompat/.*$", "/apis/registry/v3");
        deserializer.configure(Map.of("apicurio.registry.url", apicurio), false);
    }

    private static Map<String, String> headersOf(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** The gate: only the very next version of an order is applied. */
    private boolean isNext(Order order, int version, String eventId) {
        if (version == order.version + 1) return true;
        if (version > order.version) order.gaps += 1;
        else order.duplicates += 1;
        if (version == order.version && !eventId.equals(order.lastEventId)) {
            faults.add(eventId + ": another event of version " + version);
        }
        return false;
    }

    private Order orderOf(String key, int partition) {
        Order order = orders.computeIfAbsent(key, fresh -> {
            Order made = new Order();
            made.partition = partition;
            return made;
        });
        if (order.partition != partition) faults.add("order " + key + " is in two partitions");
        return order;
    }

    private void compare(Map<String, String> headers, Map<String, String> expected) {
        expected.forEach((name, value) -> {
            String found = headers.get(name);
            if (!value.equals(found)) faults.add(headers.get("ce_id") + ": " + name + " is " + found + ", not " + value);
        });
    }

    /** What the page promises of every record: one that comes again and one of an unknown type are no exceptions. */
    private void checkHeaders(ConsumerRecord<String, byte[]> record, Map<String, String> headers) {
        compare(headers, Map.of(
                "ce_specversion", "1.0",
                "ce_source", "/orderline/order-command",
                "ce_type", "orderline.orders." + headers.get("event-type"),
                "ce_subject", record.key(),
                "ce_time", MILLISECONDS.format(Instant.ofEpochMilli(record.timestamp())),
                "content-type", "application/avro"));
        for (String name : ALWAYS_THERE) {
            if (!headers.containsKey(name)) faults.add(headers.get("ce_id") + ": no " + name);
        }
    }

    /** Headers against the record, where its type is known. */
    private void checkPayload(Map<String, String> headers, GenericRecord event) {
        compare(headers, Map.of(
                "ce_id", event.get("eventId").toString(),
                "ce_subject", event.get("orderId").toString(),
                "ce_type", event.getSchema().getFullName(),
                "event-version", event.get("version").toString(),
                "correlation-id", event.get("correlationId").toString()));
        String aggregate = event.get("aggregateType").toString();
        if (!aggregate.equals("Order")) faults.add(headers.get("ce_id") + ": of " + aggregate);
    }

    /** Null where there is nothing, or nothing that can be read without a key. */
    private static String personalText(Object value) {
        if (!(value instanceof GenericRecord personal) || personal.get("keyId") != null) return null;
        return StandardCharsets.UTF_8.decode(((ByteBuffer) personal.get("value")).duplicate()).toString();
    }

    private static Long amount(GenericRecord event, String field, Long before) {
        return event.hasField(field) ? Long.valueOf((long) event.get(field)) : before;
    }

    private static void apply(Order order, String type, GenericRecord event) {
        order.applied.add(type);
        order.status = STATUS_AFTER.getOrDefault(type, order.status);
        if (event.hasField("currency")) order.currency = event.get("currency").toString();
        order.totalMinor = amount(event, "totalMinor", order.totalMinor);
        order.paidMinor = amount(event, "paidMinor", order.paidMinor);
        order.refundedMinor = amount(event, "refundedMinor", order.refundedMinor);
        if (event.hasField("deliveryAddress")) order.deliveryAddress = personalText(event.get("deliveryAddress"));
    }

    /** The event, null of a type that is not known. */
    private GenericRecord read(ConsumerRecord<String, byte[]> record, Map<String, String> headers) {
        checkHeaders(record, headers);
        String type = headers.get("event-type");
        if (!STATUS_AFTER.containsKey(type) && !WITHOUT_STATUS.contains(type)) return null;
        GenericRecord event = deserializer.deserialize(record.topic(), record.headers(), record.value());
        checkPayload(headers, event);
        return event;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = headersOf(record);
        GenericRecord event = read(record, headers);
        int version = Integer.parseInt(headers.get("event-version"));
        String type = headers.get("event-type");
        Order order = orderOf(record.key(), record.partition());
        if (!isNext(order, version, headers.get("ce_id"))) return;
        order.version = version;
        order.lastEventId = headers.get("ce_id");
        if (event == null) order.unknown.add(type);
        else apply(order, type, event);
    }

    private void readUpToNow(String broker, String topic, Set<String> wanted) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker, "enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.key() == null || record.value() == null) continue; // of no order, or says nothing of it
                    if (wanted.isEmpty() || wanted.contains(record.key())) take(record);
                }
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        FollowOrders follower = new FollowOrders(arguments[1]);
        follower.readUpToNow(arguments[0], arguments[2], Set.copyOf(Arrays.asList(arguments).subList(3, arguments.length)));
        follower.deserializer.close();
        Map<String, Object> said = new TreeMap<>(Map.of("consumer", "java", "orders", follower.orders, "faults", follower.faults));
        System.out.println(new ObjectMapper().writeValueAsString(said));
        System.exit(0); // the registry client keeps threads
    }
}
