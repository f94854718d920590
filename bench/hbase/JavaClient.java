import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.AdvancedScanResultConsumer;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * HBase's own Java client under the load of load.ts: rows of five cells, about 1 KB, changed if their epoch is still the last one, synced.
 * `JavaClient.java TABLE`; each line of its input, `load sync|async CALLERS SECONDS`, is answered with a line of JSON.
 */
public class JavaClient {
  static final int ROWS = 10_240;
  static final byte[] FAMILY = Bytes.toBytes("f");
  static final byte[] EPOCH = Bytes.toBytes("epoch");
  static final String[] NAMES = {"a", "b", "c", "d"};
  static final byte[][] QUALIFIERS = new byte[4][];
  static final byte[][] VALUES = new byte[4][240];

  final byte[][] keys = new byte[ROWS][];
  final long[] epochs = new long[ROWS];
  final long[] times = new long[4_000_000];
  final AtomicInteger count = new AtomicInteger();
  final Connection connection;
  final AsyncTable<AdvancedScanResultConsumer> asyncTable;
  final TableName table;

  JavaClient(Connection connection, AsyncConnection asyncConnection, TableName table) throws Exception {
    this.connection = connection;
    this.asyncTable = asyncConnection.getTable(table);
    this.table = table;
    for (int i = 0; i < NAMES.length; i++) {
      QUALIFIERS[i] = Bytes.toBytes(NAMES[i]);
      Arrays.fill(VALUES[i], QUALIFIERS[i][0]);
    }
    List<Put> puts = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      keys[row] = Bytes.toBytes(String.format("%02x-java-%05d", (row * 7919) % 256, row));
      puts.add(put(row, 0));
    }
    try (Table writer = connection.getTable(table)) {
      for (int at = 0; at < ROWS; at += 512) writer.put(puts.subList(at, at + 512));
    }
  }

  Put put(int row, long epoch) {
    Put put = new Put(keys[row]).addColumn(FAMILY, EPOCH, Bytes.toBytes(epoch)).setDurability(Durability.FSYNC_WAL);
    for (int i = 0; i < QUALIFIERS.length; i++) put.addColumn(FAMILY, QUALIFIERS[i], VALUES[i]);
    return put;
  }

  CheckAndMutate change(int row) throws Exception {
    RowMutations mutations = new RowMutations(keys[row]).add((Mutation) put(row, epochs[row] + 1));
    return CheckAndMutate.newBuilder(keys[row]).ifEquals(FAMILY, EPOCH, Bytes.toBytes(epochs[row])).build(mutations);
  }

  void made(int row, boolean done, long from) {
    if (!done) throw new IllegalStateException("A condition did not hold, and nobody else writes to this row.");
    epochs[row]++;
    times[count.getAndIncrement()] = System.nanoTime() - from;
  }

  /** A thread for each caller. */
  void blocking(int callers, long until, CountDownLatch ended) {
    int share = ROWS / callers;
    for (int caller = 0; caller < callers; caller++) {
      int first = caller * share;
      new Thread(() -> {
        try (Table own = connection.getTable(table)) {
          for (int i = 0; System.nanoTime() < until; i = (i + 1) % share) {
            long from = System.nanoTime();
            made(first + i, own.checkAndMutate(change(first + i)).isSuccess(), from);
          }
        } catch (Throwable failure) {
          die(failure);
        }
        ended.countDown();
      }).start();
    }
  }

  /** Each answer begins the caller's next change, on the thread that brought it. */
  void chained(int first, int i, int share, long until, CountDownLatch ended) {
    long from = System.nanoTime();
    if (from >= until) {
      ended.countDown();
      return;
    }
    try {
      asyncTable.checkAndMutate(change(first + i)).whenComplete((result, failure) -> {
        if (failure != null) die(failure);
        made(first + i, result.isSuccess(), from);
        chained(first, (i + 1) % share, share, until, ended);
      });
    } catch (Exception failure) {
      die(failure);
    }
  }

  String load(String way, int callers, double seconds) throws Exception {
    count.set(0);
    long cpu = cpuNanos();
    long began = System.nanoTime();
    long until = began + (long) (seconds * 1e9);
    CountDownLatch ended = new CountDownLatch(callers);
    if (way.equals("sync")) blocking(callers, until, ended);
    else for (int caller = 0; caller < callers; caller++) chained(caller * (ROWS / callers), 0, ROWS / callers, until, ended);
    ended.await();
    double took = (System.nanoTime() - began) / 1e9;
    double micros = (cpuNanos() - cpu) / 1e3;
    long[] sorted = Arrays.copyOf(times, count.get());
    Arrays.sort(sorted);
    return String.format(Locale.ROOT, "{\"ops\":%d,\"seconds\":%f,\"p50\":%f,\"p99\":%f,\"cpuMicros\":%f}",
        sorted.length, took, quantile(sorted, 0.5), quantile(sorted, 0.99), micros);
  }

  static double quantile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
  }

  static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  static void die(Throwable failure) {
    failure.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  public static void main(String[] args) throws Exception {
    var configuration = HBaseConfiguration.create();
    try (Connection connection = ConnectionFactory.createConnection(configuration);
        AsyncConnection asyncConnection = ConnectionFactory.createAsyncConnection(configuration).get()) {
      JavaClient client = new JavaClient(connection, asyncConnection, TableName.valueOf(args[0]));
      System.out.println("\"ready\"");
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        System.out.println(client.load(words[1], Integer.parseInt(words[2]), Double.parseDouble(words[3])));
      }
    }
    System.exit(0);
  }
}
