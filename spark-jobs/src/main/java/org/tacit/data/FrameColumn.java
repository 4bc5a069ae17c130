package org.tacit.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * A column of a data set that is read.
 *
 * @param position in the data set
 * @param width how many numbers each of its cells has
 */
record FrameColumn(String name, int position, DataType type, Kind kind, int width)
    implements Serializable {
  /** What cells are. */
  enum Kind {
    NUMBER,
    NUMBERS,
    VECTOR,
    /** Texts, or what can be written as such. */
    NAME,
    /** Nothing that numbers can be made of. */
    OTHER
  }

  /** A number wide, until its width is known. */
  static FrameColumn of(String name, int position, DataType type) {
    return new FrameColumn(name, position, type, kind(type), 1);
  }

  private static Kind kind(DataType type) {
    if (type instanceof NumericType || type instanceof BooleanType) {
      return Kind.NUMBER;
    }
    if (type.equals(SQLDataTypes.VectorType())) {
      return Kind.VECTOR;
    }
    return type instanceof ArrayType array && array.elementType() instanceof NumericType
        ? Kind.NUMBERS
        : Kind.OTHER;
  }

  FrameColumn withWidth(int newWidth) {
    return new FrameColumn(name, position, type, kind, newWidth);
  }

  boolean isList() {
    return kind == Kind.NUMBERS || kind == Kind.VECTOR;
  }

  /** What its features are called. */
  List<String> features() {
    return isList()
        ? IntStream.range(0, width).mapToObj(i -> name + "[" + i + "]").toList()
        : List.of(name);
  }

  /** The column with its numbers as doubles, its names as texts. */
  Column asDoubles(Column column) {
    if (type.equals(DataTypes.DoubleType) && kind != Kind.NAME) {
      return column;
    }
    return switch (kind) {
      case NUMBER -> column.cast(DataTypes.DoubleType);
      case NUMBERS -> column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
      case NAME -> column.cast(DataTypes.StringType);
      case VECTOR, OTHER -> column;
    };
  }

  /** The same as a column of names. */
  FrameColumn asNames() {
    return new FrameColumn(name, position, type, Kind.NAME, 1);
  }

  /** What messages call it. */
  String place() {
    return "column " + (position + 1) + " (" + name + ")";
  }

  /** The vector in a row's cell {@code at}. */
  Vector vector(InternalRow row, int at) {
    return (Vector) ((UserDefinedType<?>) type).deserialize(row.getStruct(at, 4));
  }

  /** A cell, which is not null, as text. */
  String shown(InternalRow row, int at) {
    return switch (kind) {
      case NUMBER -> Double.toString(row.getDouble(at));
      case NUMBERS -> Arrays.toString(row.getArray(at).toDoubleArray());
      case VECTOR -> vector(row, at).toString();
      case NAME -> row.getUTF8String(at).toString();
      case OTHER -> row.get(at, type).toString();
    };
  }
}
