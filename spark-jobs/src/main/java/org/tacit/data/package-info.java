/**
 * Tables out of files and data sets: rows are parsed once, surveyed, checked, split and laid out in
 * blocks. Small files of this machine are read without Spark.
 */
package org.tacit.data;
