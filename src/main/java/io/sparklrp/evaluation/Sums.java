package io.sparklrp.evaluation;

/** Weighted sums over records, from which all measures of a method are made: a part of an array. */
final class Sums {
  /** How many numbers they are. */
  static final int SIZE = 18;

  static final int AUAC = 0;
  static final int AU_MSE = 1;
  static final int AUPC = 2;
  static final int LEAVE_ONE_OUT = 3;
  static final int PLAUSIBILITY_AP = 4;
  static final int PLAUSIBILITY_F1 = 5;
  private static final int MEANS = 6;
  private static final int RECORDS = 2 * MEANS;
  private static final int X = RECORDS + 1;
  private static final int Y = X + 1;
  private static final int XX = Y + 1;
  private static final int XY = XX + 1;
  private static final int YY = XY + 1;

  private final double[] numbers;
  private final int from;

  Sums(double[] numbers, int from) {
    this.numbers = numbers;
    this.from = from;
  }

  /** Adds a record; a value that is none counts in no mean. */
  void add(Judged judged, double weight) {
    addTo(AUAC, judged.auac(), weight);
    addTo(AU_MSE, judged.auMse(), weight);
    addTo(AUPC, judged.aupc(), weight);
    addTo(LEAVE_ONE_OUT, judged.leaveOneOut(), weight);
    addTo(PLAUSIBILITY_AP, judged.plausibility().averagePrecision(), weight);
    addTo(PLAUSIBILITY_F1, judged.plausibility().f1(), weight);
    double x = judged.toExplain();
    double y = judged.relevanceSum();
    numbers[from + RECORDS] += weight;
    numbers[from + X] += weight * x;
    numbers[from + Y] += weight * y;
    numbers[from + XX] += weight * x * x;
    numbers[from + XY] += weight * x * y;
    numbers[from + YY] += weight * y * y;
  }

  private void addTo(int mean, double value, double weight) {
    if (!Double.isNaN(value)) {
      numbers[from + mean] += weight;
      numbers[from + MEANS + mean] += weight * value;
    }
  }

  private double at(int index) {
    return numbers[from + index];
  }

  double mean(int mean) {
    return at(MEANS + mean) / at(mean);
  }

  /** Records, by their weight. */
  double records() {
    return at(RECORDS);
  }

  private double spread(int squares, int sum) {
    return at(squares) - at(sum) * at(sum) / records();
  }

  private double together() {
    return at(XY) - at(X) * at(Y) / records();
  }

  double slope() {
    return together() / spread(XX, X);
  }

  double determination() {
    return together() * together() / (spread(XX, X) * spread(YY, Y));
  }
}
