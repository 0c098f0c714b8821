/**
 * A whole cluster on this machine for trying: three agents at three addresses, certificates of a throw-away authority, and the topology
 * of the example, below one directory that the demo made and can remove again. What it applies goes through the same plan as anything
 * else; only agents, certificates and directories, which somebody else provides on real hosts, are made here.
 */
@NullMarked
package io.pgherder.controller.cli.demo;

import org.jspecify.annotations.NullMarked;
