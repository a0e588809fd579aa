package io.medtwin.simulator.physiology;

/**
 * What a monitor computes from a patient's signals at one moment.
 *
 * @param heartRate beats a minute, over the last eight intervals of the ECG
 * @param spo2 oxygen saturation, %
 * @param perfusionIndex pulsatile share of the plethysmogram, %
 * @param respiratoryRate breaths a minute, over the last four breaths
 * @param temperature body, Cel
 * @param systolic arterial pressure, mm[Hg]
 * @param diastolic arterial pressure, mm[Hg]
 * @param meanPressure arterial pressure, mm[Hg]
 */
public record Vitals(
    double heartRate,
    double spo2,
    double perfusionIndex,
    double respiratoryRate,
    double temperature,
    double systolic,
    double diastolic,
    double meanPressure) {}
