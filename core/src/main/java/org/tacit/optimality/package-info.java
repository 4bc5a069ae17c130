/** The catalogue of optimality conditions F(x, theta) = 0. */
package org.tacit.optimality;
