package org.tacit.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * Local files under {@code unreliable:/}: in tasks, the first {@code fs.unreliable.failures}
 * readings fail and the first {@code fs.unreliable.delays} take three seconds, counted over all
 * processes by files in the folder {@code fs.unreliable.tally}.
 */
public final class UnreliableFiles extends RawLocalFileSystem {
  private static final long SLOW = 3_000;

  private int failures;
  private int delays;
  private java.nio.file.Path tally;

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    failures = conf.getInt("fs.unreliable.failures", 0);
    delays = conf.getInt("fs.unreliable.delays", 0);
    tally = java.nio.file.Path.of(conf.get("fs.unreliable.tally"));
  }

  @Override
  public URI getUri() {
    return URI.create("unreliable:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (TaskContext.get() != null) {
      if (isAmong("failure", failures)) {
        throw new IOException("cable unplugged");
      }
      if (isAmong("delay", delays)) {
        pause();
      }
    }
    return super.open(path, bufferSize);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(SLOW);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private boolean isAmong(String kind, int first) throws IOException {
    for (int k = 0; k < first; k++) {
      if (isFirst(tally.resolve(kind + k))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFirst(java.nio.file.Path count) throws IOException {
    try {
      Files.createFile(count);
      return true;
    } catch (FileAlreadyExistsException counted) {
      return false;
    }
  }
}
