package org.tacit.spark;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.tacit.pass.PassPlan;

/**
 * A plan as executors see it: broadcast once as bytes of Java serialisation, whichever serialiser
 * the application chose (Kryo cannot read the records in a plan), and decoded once a JVM.
 */
final class SharedPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int DECODED_PLANS = 64;

  /** The plans that this JVM decoded, those used last. */
  private static final Map<String, PassPlan> DECODED =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, PassPlan> eldest) {
              return size() > DECODED_PLANS;
            }
          });

  private final String id;
  private final Broadcast<byte[]> bytes;

  private SharedPlan(String id, Broadcast<byte[]> bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  static SharedPlan of(JavaSparkContext context, PassPlan plan) {
    return new SharedPlan(UUID.randomUUID().toString(), context.broadcast(JavaBytes.of(plan)));
  }

  PassPlan plan() {
    return DECODED.computeIfAbsent(id, missing -> JavaBytes.decoded(bytes.value(), PassPlan.class));
  }

  /** Lets go of the broadcast; JVMs that decoded the plan forget it in time. */
  void destroy() {
    DECODED.remove(id);
    bytes.destroy();
  }
}
