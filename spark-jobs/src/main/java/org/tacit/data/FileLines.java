package org.tacit.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.LineRecordReader;
import org.apache.hadoop.mapred.RecordReader;
import org.tacit.config.FileSystems;

/** The lines of a file, or of a part of one, as they are read. */
final class FileLines implements Iterator<TextLine>, AutoCloseable {
  private final RecordReader<LongWritable, Text> reader;
  private final LongWritable offset = new LongWritable();
  private final Text text = new Text();
  private boolean isAhead;

  FileLines(RecordReader<LongWritable, Text> reader) {
    this.reader = reader;
  }

  /** Of a whole file. */
  static FileLines of(Configuration hadoop, String file) throws IOException {
    Path path = new Path(file);
    long length = FileSystems.of(path, hadoop).getFileStatus(path).getLen();
    return new FileLines(
        new LineRecordReader(hadoop, new FileSplit(path, 0, length, new String[0])));
  }

  @Override
  public boolean hasNext() {
    try {
      isAhead = isAhead || reader.next(offset, text);
      return isAhead;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public TextLine next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    isAhead = false;
    return new TextLine(offset.get(), text.toString());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
