//! The 達成基準 of WCAG 2.2 at level A and AA, with those of JIS X 8341-3:2016 among them. 4.1.1 is only in the standard of Japan.

use std::sync::LazyLock;

use super::rule::Rule;

const DATA: &str = include_str!("criteria.csv");

/// A 達成基準.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// `1.4.3`.
    pub number: &'static str,
    /// `A` or `AA`.
    pub level: &'static str,
    /// Whether JIS X 8341-3:2016 has it.
    pub is_in_jis: bool,
    /// Its name.
    pub name: &'static str,
}

/// All of them, in their order.
pub fn criteria() -> &'static [Criterion] {
    static ALL: LazyLock<Vec<Criterion>> = LazyLock::new(|| DATA.lines().filter_map(criterion).collect());
    &ALL
}

fn criterion(line: &'static str) -> Option<Criterion> {
    let mut cells = line.splitn(4, ',');
    let (number, level, jis, name) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    Some(Criterion { number, level, is_in_jis: jis == "yes", name })
}

impl Criterion {
    /// The rules that look at a part of it.
    pub fn rules(&self) -> impl Iterator<Item = Rule> + '_ {
        Rule::ALL.into_iter().filter(|rule| rule.criteria().contains(&self.number))
    }

    /// Whether WCAG 2.2 has it.
    pub fn is_in_wcag(&self) -> bool {
        self.number != "4.1.1"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_are_complete() {
        let all = criteria();
        assert_eq!(all.len(), DATA.lines().count());
        let count = |level: &str, is_chosen: &dyn Fn(&Criterion) -> bool| {
            all.iter().filter(|criterion| criterion.level == level && is_chosen(criterion)).count()
        };
        assert_eq!((count("A", &Criterion::is_in_wcag), count("AA", &Criterion::is_in_wcag)), (31, 24));
        assert_eq!((count("A", &|c| c.is_in_jis), count("AA", &|c| c.is_in_jis)), (25, 13));
        let order = |c: &Criterion| c.number.split('.').map(|n| n.parse::<u8>().unwrap()).collect::<Vec<_>>();
        assert!(all.windows(2).all(|pair| order(&pair[0]) < order(&pair[1])));
    }

    #[test]
    fn every_criterion_of_a_rule_is_known() {
        for rule in Rule::ALL {
            for number in rule.criteria() {
                assert!(criteria().iter().any(|criterion| criterion.number == *number), "{number}");
            }
        }
    }
}
