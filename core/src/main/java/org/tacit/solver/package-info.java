/** Inner solvers: from a problem to an approximate root of its condition. */
package org.tacit.solver;
