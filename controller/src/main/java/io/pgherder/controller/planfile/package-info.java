/**
 * Saved plans: what a person has seen and agreed to, kept in a file without any secret. A saved plan is not carried out blindly: the
 * cluster is looked at and planned again, and only the same plan is carried out.
 */
@NullMarked
package io.pgherder.controller.planfile;

import org.jspecify.annotations.NullMarked;
