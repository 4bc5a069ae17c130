package org.tacit.spark;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.tacit.pass.PassPlan;

/**
 * A plan as executors see it: broadcast once as bytes of Java serialisation, whichever serialiser
 * the application chose (Kryo cannot read the records in a plan), and decoded once a JVM.
 */
record SharedPlan(String id, Broadcast<byte[]> bytes) implements Serializable {
  private static final int DECODED_PLANS = 1024;

  /** The plans that this JVM decodes, those used last. */
  private static final Map<String, Decoded> DECODED =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Decoded> eldest) {
              return size() > DECODED_PLANS;
            }
          });

  static SharedPlan of(JavaSparkContext context, PassPlan plan) {
    return new SharedPlan(UUID.randomUUID().toString(), context.broadcast(JavaBytes.of(plan)));
  }

  /** Tasks wait for the plan that they run, not for others'. */
  PassPlan plan() {
    return DECODED.computeIfAbsent(id, missing -> new Decoded()).from(bytes);
  }

  /** Lets go of the broadcast; JVMs that decoded the plan forget it in time. */
  void destroy() {
    DECODED.remove(id);
    bytes.destroy();
  }

  private static final class Decoded {
    private Optional<PassPlan> plan = Optional.empty();

    synchronized PassPlan from(Broadcast<byte[]> bytes) {
      if (plan.isEmpty()) {
        plan = Optional.of(JavaBytes.decoded(bytes.value(), PassPlan.class));
      }
      return plan.get();
    }
  }
}
