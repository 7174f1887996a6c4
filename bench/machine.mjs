// What the figures were measured on, without names of hosts or people.
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

/**
 * @typedef {object} Machine
 * @property {string} processor
 * @property {number} cores
 * @property {number} memoryGiB
 * @property {string} system
 * @property {string} node
 * @property {string} openssl
 *
 * @returns {Machine}
 */
export function describeMachine() {
  return {
    processor: cpus()[0].model.trim(),
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split('-')[0]}`,
    node: process.versions.node,
    openssl: process.versions.openssl,
  };
}

/** Name of a folder: model of the processor and number of cores. @param {Machine} machine */
export function slug({ processor, cores }) {
  const model = processor.toLowerCase().replace(/\((r|tm)\)|@.*|processor|cpu/g, '');
  return `${model.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}-${cores}-cores`;
}
