/**
 * Model families: the condition that the fitted unknowns satisfy, the outer loss on other rows, the
 * layout and the names of the unknowns and of theta, and the coordinates that they are solved in.
 * No Spark.
 */
package org.tacit.model;
