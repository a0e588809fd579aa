package io.medtwin.simulator.ward;

import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.bedside.EcgMonitor;
import io.medtwin.simulator.bedside.PulseOximeter;
import io.medtwin.simulator.ble.BleBridge;
import io.medtwin.simulator.ble.CassiaBridge;
import io.medtwin.simulator.ble.GattSensor;
import io.medtwin.simulator.ble.SensorSheet;
import io.medtwin.simulator.coap.CoapOutlet;
import io.medtwin.simulator.coap.CoapPost;
import io.medtwin.simulator.coap.PreSharedKey;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.device.BroadcastDevice;
import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.device.SerialOutlet;
import io.medtwin.simulator.device.SimulatedDevice;
import io.medtwin.simulator.device.TcpServerOutlet;
import io.medtwin.simulator.mqtt.MqttOutlet;
import io.medtwin.simulator.mqtt.Publication;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.simulator.pump.PumpSheet;
import io.medtwin.simulator.pump.SyringePump;
import io.medtwin.simulator.wearable.SenmlPatch;
import io.medtwin.simulator.wearable.Watch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Makes the devices of a plan, and a sheet of each. Used once, by one thread. */
final class WardBuilder {
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L; // spreads neighbouring numbers
  private static final List<String> DRUGS =
      List.of("NORADRENALINE", "PROPOFOL", "MORPHINE", "HEPARIN", "INSULIN", "MIDAZOLAM");
  private static final int SYRINGE_MILLILITRES = 50;
  private static final int KEY_BYTES = 16;
  private static final double MQTT_PACKS_PER_SECOND = 0.5;
  private static final double COAP_PACKS_PER_SECOND = 0.2;

  private final WardPlan plan;
  private final WardWires wires;
  private final Map<String, SimulatedDevice> devices = new LinkedHashMap<>();
  private final List<DeviceSheet> sheets = new ArrayList<>();

  WardBuilder(WardPlan plan, WardWires wires) {
    this.plan = plan;
    this.wires = wires;
  }

  void build() throws IOException {
    for (int bed = 1; bed <= plan.beds(); bed++) {
      var patient = new Patient(seed(bed));
      pump("bed" + bed + "-pump", bed);
      monitor("bed" + bed + "-ecg", bed, patient);
      oximeter("bed" + bed + "-oximeter", bed, patient);
    }
    for (int i = 0; i < plan.wearables().size(); i++) {
      int number = i + 1;
      wearable("wear-" + number, number, plan.wearables().get(i));
    }
  }

  Map<String, SimulatedDevice> devices() {
    return devices;
  }

  List<DeviceSheet> sheets() {
    return sheets;
  }

  private long seed(int number) {
    return plan.seed() + SEED_STEP * number;
  }

  private SplittableRandom random(String id) {
    return new SplittableRandom(plan.seed() + SEED_STEP * id.hashCode());
  }

  private void add(SimulatedDevice device, DeviceSheet sheet) {
    devices.put(sheet.id(), device);
    sheets.add(sheet);
  }

  private void pump(String id, int bed) throws IOException {
    var random = random(id);
    var serial = String.format(Locale.ROOT, "8002-%05d", 51740 + bed);
    double rate = random.nextInt(10, 120) / 10.0;
    var sheet =
        new PumpSheet(serial, DRUGS.get(random.nextInt(DRUGS.size())), rate, SYRINGE_MILLILITRES);
    var pump = new SyringePump(id, sheet, wires.port(id), wires::elapsed, random);
    add(
        pump,
        sheet(
            id,
            "alaris-asena",
            "alaris-asena-gh",
            new Reach.Serial(pump.path(), 38400, "8N1"),
            1,
            List.of("Alaris", "Asena GH", serial)));
  }

  private void monitor(String id, int bed, Patient patient) throws IOException {
    var outlet = new TcpServerOutlet(0);
    var device =
        BroadcastDevice.ofBytes(
            id,
            new EcgMonitor(patient),
            outlet,
            Corruption.withoutChecksum(random(id)),
            plan.speed());
    add(
        device,
        sheet(
            id,
            "ivy450c-ansarb",
            "ivy-450c",
            new Reach.Tcp(outlet.address().getHostString(), outlet.address().getPort()),
            1,
            List.of("Ivy Biomedical", "450C", String.format(Locale.ROOT, "IVY%05d", bed))));
  }

  private void oximeter(String id, int bed, Patient patient) throws IOException {
    var port = wires.port(id);
    var broadcast = new PulseOximeter(patient);
    var device =
        BroadcastDevice.ofBytes(
            id,
            broadcast,
            new SerialOutlet(port),
            Corruption.of(random(id), PulseOximeter::withWrongChecksum),
            plan.speed());
    add(
        device,
        sheet(
            id,
            "nonin-oem3",
            "nonin-oem3",
            new Reach.Serial(port.path(), 9600, "8N1"),
            PulseOximeter.PACKETS_PER_SECOND,
            List.of("Nonin", "OEM III", String.format(Locale.ROOT, "N%06d", 100200 + bed))));
  }

  private void wearable(String id, int number, WearableKind kind) {
    var patient = new Patient(seed(WardPlan.MAX_BEDS + number));
    switch (kind) {
      case BLE_HEART_RATE -> ble(id, number, GattSensor.Kind.HEART_RATE, wires.cassia(), patient);
      case BLE_PULSE_OXIMETER ->
          ble(id, number, GattSensor.Kind.PULSE_OXIMETER, wires.cassia(), patient);
      case BLE_THERMOMETER ->
          ble(id, number, GattSensor.Kind.THERMOMETER, wires.openMqttGateway(), patient);
      case BLE_BLOOD_PRESSURE ->
          ble(id, number, GattSensor.Kind.BLOOD_PRESSURE, wires.openMqttGateway(), patient);
      case MQTT_SENML -> senmlOverMqtt(id, number, patient);
      case MQTT_WATCH -> watch(id, number, patient);
      case COAP_SENML -> senmlOverCoap(id, number, plan.coap(), null, patient);
      case COAPS_SENML -> senmlOverCoap(id, number, plan.coaps(), key(id), patient);
    }
  }

  private void ble(String id, int number, GattSensor.Kind kind, BleBridge bridge, Patient patient) {
    var address = String.format(Locale.ROOT, "02:00:00:00:%02X:%02X", number >> 8, number & 0xFF);
    var model =
        switch (kind) {
          case HEART_RATE -> "Chest strap";
          case PULSE_OXIMETER -> "Finger clip";
          case THERMOMETER -> "Thermometer patch";
          case BLOOD_PRESSURE -> "Upper-arm cuff";
        };
    var profile =
        switch (kind) {
          case HEART_RATE -> "gatt-heart-rate";
          case PULSE_OXIMETER -> "gatt-pulse-oximeter";
          case THERMOMETER -> "gatt-thermometer";
          case BLOOD_PRESSURE -> "gatt-blood-pressure";
        };
    var who =
        new SensorSheet(address, "MedTwin", model, String.format(Locale.ROOT, "BLE%04d", number));
    var sensor = new GattSensor(kind, who, patient, plan.epoch());
    var corruption = Corruption.withoutChecksum(random(id));
    var device =
        BroadcastDevice.ofMessages(
            id,
            sensor,
            bridge.reach(sensor),
            said -> said.stream().map(v -> v.with(corruption.garbage(v.octets()))).toList(),
            plan.speed());
    var reach =
        bridge instanceof CassiaBridge
            ? new Reach.BleBridge(
                plan.broker(),
                Reach.BridgeDialect.CASSIA_MQTT,
                WardWires.CASSIA_GATEWAY,
                List.of("up/" + WardWires.CASSIA_GATEWAY + "/#"),
                address,
                CassiaBridge.handles(sensor))
            : new Reach.BleBridge(
                plan.broker(),
                Reach.BridgeDialect.OPEN_MQTT_GATEWAY,
                WardWires.OMG_GATEWAY,
                List.of(
                    "home/" + WardWires.OMG_GATEWAY + "/BTtoMQTT/#",
                    "home/" + WardWires.OMG_GATEWAY + "/LWT"),
                address,
                Map.of());
    add(
        device,
        sheet(
            id,
            "gatt-vitals",
            profile,
            reach,
            kind.ticksPerSecond(),
            List.of(who.manufacturer(), who.model(), who.serial())));
  }

  private void senmlOverMqtt(String id, int number, Patient patient) {
    var patch = new SenmlPatch(id, patient, plan.epoch());
    var root = "med/v1/ward/" + id;
    var status = root + "/status";
    Broadcast<Publication> broadcast =
        paced(
            MQTT_PACKS_PER_SECOND,
            tick ->
                new Publication(
                    root + "/telemetry/pack",
                    patch.pack(tick / MQTT_PACKS_PER_SECOND, SenmlFormat.JSON),
                    1,
                    false,
                    "application/senml+json"));
    var outlet =
        MqttOutlet.ofDevice(
            plan.broker(),
            id,
            Publication.state(status, "{\"state\":\"online\"}"),
            Publication.state(status, "{\"state\":\"offline\",\"reason\":\"lost\"}"),
            Publication.state(status, "{\"state\":\"offline\",\"reason\":\"shutdown\"}"));
    add(
        publishing(id, broadcast, outlet),
        sheet(
            id,
            "senml",
            "senml-patch",
            new Reach.Mqtt(plan.broker(), "med/v1/ward/{device}/telemetry/#", id),
            MQTT_PACKS_PER_SECOND,
            List.of("MedTwin", "SenML patch", String.format(Locale.ROOT, "PATCH%04d", number))));
  }

  private void watch(String id, int number, Patient patient) {
    var watch = new Watch(id, patient, plan.epoch());
    var status = "watch/" + id + "/status";
    var outlet =
        MqttOutlet.ofDevice(
            plan.broker(),
            id,
            Publication.state(status, "online"),
            Publication.state(status, "offline"),
            Publication.state(status, "offline"));
    var plain =
        sheet(
            id,
            "json-fields",
            "json-watch",
            new Reach.Mqtt(plan.broker(), "watch/{device}/#", id),
            watch.ticksPerSecond(),
            List.of("MedTwin", "Watch", String.format(Locale.ROOT, "WATCH%04d", number)));
    add(publishing(id, watch, outlet), plain.withSettings(Map.of("fields", Watch.FIELDS)));
  }

  private SimulatedDevice publishing(
      String id, Broadcast<Publication> broadcast, MqttOutlet outlet) {
    var corruption = Corruption.withoutChecksum(random(id));
    return BroadcastDevice.ofMessages(
        id, broadcast, outlet, said -> said.with(corruption.garbage(said.payload())), plan.speed());
  }

  private void senmlOverCoap(
      String id, int number, URI server, @Nullable PreSharedKey key, Patient patient) {
    var patch = new SenmlPatch(id, patient, plan.epoch());
    var resource = server.resolve("/ingest/" + id);
    var corruption = Corruption.withoutChecksum(random(id));
    Broadcast<CoapPost> broadcast =
        paced(
            COAP_PACKS_PER_SECOND,
            tick ->
                new CoapPost(
                    CoapPost.SENML_CBOR,
                    patch.pack(tick / COAP_PACKS_PER_SECOND, SenmlFormat.CBOR)));
    var device =
        BroadcastDevice.ofMessages(
            id,
            broadcast,
            new CoapOutlet(resource, key, wires.coapProtocol()),
            said -> said.with(corruption.garbage(said.payload())),
            plan.speed());
    add(
        device,
        sheet(
            id,
            "senml",
            "senml-patch",
            new Reach.Coap(resource, id, key),
            COAP_PACKS_PER_SECOND,
            List.of("MedTwin", "SenML patch", String.format(Locale.ROOT, "PATCH%04d", number))));
  }

  /** A key that follows from the seed: for a bench, never for a real device. */
  private PreSharedKey key(String id) {
    var key = new byte[KEY_BYTES];
    random(id + " key").nextBytes(key);
    return new PreSharedKey(id, key);
  }

  private static DeviceSheet sheet(
      String id,
      String driver,
      String profile,
      Reach reach,
      double perSecond,
      List<String> identity) {
    return new DeviceSheet(
        id,
        driver,
        profile,
        Map.of(),
        reach,
        Duration.ofMillis(Math.round(1000 / perSecond)),
        identity.get(0),
        identity.get(1),
        identity.get(2));
  }

  private static <M> Broadcast<M> paced(double ticksPerSecond, LongFunction<M> content) {
    return new Broadcast<>() {
      @Override
      public double ticksPerSecond() {
        return ticksPerSecond;
      }

      @Override
      public M at(long tick) {
        return content.apply(tick);
      }
    };
  }
}
