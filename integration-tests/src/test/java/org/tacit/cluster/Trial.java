package org.tacit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.tacit.fixtures.References;
import org.tacit.job.Tacit;

/** A job on one configuration, in this JVM or on a cluster: its arguments, and what it found. */
record Trial(String job, List<String> settings) {
  static final java.nio.file.Path CONF = References.root().resolve("conf/breast-cancer.conf");

  /** Of {@code --set} arguments, on Spark tables of four partitions. */
  static Trial of(String job, String... settings) {
    List<String> all = new ArrayList<>(List.of("engine=spark", "data.partitions=4"));
    all.addAll(List.of(settings));
    return new Trial(job, all);
  }

  /** Its arguments, with a configuration and a folder for its result, wherever they are. */
  List<String> arguments(String configuration, String output) {
    List<String> all = new ArrayList<>(List.of(job, configuration, "--overwrite"));
    settings.forEach(setting -> all.addAll(List.of("--set", setting)));
    all.addAll(List.of("--output", output));
    return all;
  }

  List<String> arguments(String output) {
    return arguments(CONF.toString(), output);
  }

  /** What it finds in this JVM, where it ends with {@code code}. */
  JsonNode embedded(java.nio.file.Path folder, int code, SparkSession session) throws IOException {
    assertThat(session.sparkContext().isLocal()).isTrue();
    String output = folder.resolve("embedded").toString();
    assertThat(Tacit.run(arguments(output).toArray(new String[0]))).isEqualTo(code);
    return numbers(output);
  }

  /** A result without what differs from run to run and from place to place. */
  static JsonNode numbers(String output) throws IOException {
    return numbersIn(new Path(output, "breast-cancer/result.json").toString());
  }

  static JsonNode numbersIn(String file) throws IOException {
    Path result = new Path(file);
    try (var in = result.getFileSystem(new Configuration()).open(result)) {
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(in.readAllBytes());
      ((ObjectNode) json.at("/configuration/data")).remove(List.of("folder", "path"));
      return json.without(List.of("seconds", "started", "ended", "versions", "kernel"));
    }
  }
}
